
o
Jbasic_1.0:34fee1af195fe51f30b1e81e01f920afaf159065b61ee548dcbd92e30c508d71	basic_1.0
grid

basic1.0