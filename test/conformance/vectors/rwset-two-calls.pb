^

_lifecycleP
&
 namespaces/fields/basic/Sequence
&
 namespaces/fields/other/Sequence"
other

n1)

n2
n1y