"È

grid