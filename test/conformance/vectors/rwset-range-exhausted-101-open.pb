6

_lifecycle(
&
 namespaces/fields/basic/Sequencee
basic\Z
k0000k0101*H2 5Q]#×Ş©QüduïëƒMˆ	$9gİZ‘ƒÌ{Ê· f§gıõM®7JŒü	\İüİß…¸"B) §üCB