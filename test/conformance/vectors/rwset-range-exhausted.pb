6

_lifecycle(
&
 namespaces/fields/basic/Sequence¢
basic˜•
k0000k0010"‚

k0000

k0001

k0002

k0003

k0004

k0005

k0006

k0007

k0008

k0009