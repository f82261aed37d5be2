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

namespaces/metadata/basicm
basic0.

hash-of-p1 ô¶»eH¬ñœMÿÿïÔªk!üôéuLÀ;s¾|%2
prices(
&
 öEQüÖğx#Ë‡—û‘Dd%Ú(k:±ï“^½ziöŠ