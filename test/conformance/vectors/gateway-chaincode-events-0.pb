
h
basic@ee0ec37c26fa5105b112a9f67e3480d2023fe1b280ecde692305d51d5409fe9fSwitchOpened"{"switch":"S1"}