^

_lifecycleP
&
 namespaces/fields/basic/Sequence
&
 namespaces/fields/other/Sequence
basic

called
other

n1
n1x