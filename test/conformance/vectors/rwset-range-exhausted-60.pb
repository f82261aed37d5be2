6

_lifecycle(
&
 namespaces/fields/basic/Sequencee
basic\Z
k0000k0060*H2 5Q]#◊ﬁ©Q¸duéÔÎÉMà	$9g›ZëÉÃ{ ∑ j[“]®ÉTÙÜ¢¡8ö9\u;“aØö>â∆„XfÊ+