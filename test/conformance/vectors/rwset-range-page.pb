6

_lifecycle(
&
 namespaces/fields/basic/SequenceX
basicOM
kk0004"A

k0000

k0001

k0002

k0003

k0004