6

_lifecycle(
&
 namespaces/fields/basic/Sequence
basic
	
sbe&