6

_lifecycle(
&
 namespaces/fields/other/Sequence.
other
x1