6

_lifecycle(
&
 namespaces/fields/basic/Sequence
basic

xy