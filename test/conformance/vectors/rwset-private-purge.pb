à

_lifecycleÑ
)
#namespaces/fields/basic/Collections
-
'namespaces/fields/basic/EndorsementInfo
&
 namespaces/fields/basic/Sequence
,
&namespaces/fields/basic/ValidationInfo

namespaces/metadata/basic]
basicT
shared(&
 è¼<‚îá‡3(Œ}JÆ6Û:më>òÓ{h2+âÜEÌ  	Š€²Ò€ÄŠœ²y 1Â¸awiT²Í^9d