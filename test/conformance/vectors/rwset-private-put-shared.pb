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

namespaces/metadata/basic{
basicr
sharedFD
 è¼<‚îá‡3(Œ}JÆ6Û:më>òÓ{h2+âÜEÌ ó£Ì7Ä1Õö¡¬şˆútªU^u·÷ø\m]Twá0/­ õ\_ìVmÔùÂÃ9¶à)„Èzp®YØë—bŸ¥›®›