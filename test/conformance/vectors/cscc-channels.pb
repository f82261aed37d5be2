

grid