6

_lifecycle(
&
 namespaces/fields/basic/Sequence
basic
	feeder/F2