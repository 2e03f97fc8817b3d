package wire

import "hash/adler32"

// The algorithms: plain sums, and CRCs by their names in the catalogue of
// parametrised CRC algorithms at reveng.sourceforge.io.
const (
	Sum8 Checksum = iota
	Sum8Negative
	Sum8Inverted
	Sum16
	Sum16Negative
	Xor8
	Fletcher16
	Adler32
	CRC8AUTOSAR
	CRC8BLUETOOTH
	CRC8CDMA2000
	CRC8DARC
	CRC8DVBS2
	CRC8GSMA
	CRC8GSMB
	CRC8HITAG
	CRC8I4321
	CRC8ICODE
	CRC8LTE
	CRC8MAXIMDOW
	CRC8MIFAREMAD
	CRC8NRSC5
	CRC8OPENSAFETY
	CRC8ROHC
	CRC8SAEJ1850
	CRC8SMBUS
	CRC8TECH3250
	CRC8WCDMA
	CRC16ARC
	CRC16CDMA2000
	CRC16CMS
	CRC16DDS110
	CRC16DECTR
	CRC16DECTX
	CRC16DNP
	CRC16EN13757
	CRC16GENIBUS
	CRC16GSM
	CRC16IBM3740
	CRC16IBMSDLC
	CRC16ISOIEC144433A
	CRC16KERMIT
	CRC16LJ1200
	CRC16M17
	CRC16MAXIMDOW
	CRC16MCRF4XX
	CRC16MODBUS
	CRC16NRSC5
	CRC16OPENSAFETYA
	CRC16OPENSAFETYB
	CRC16PROFIBUS
	CRC16RIELLO
	CRC16SPIFUJITSU
	CRC16T10DIF
	CRC16TELEDISK
	CRC16TMS37157
	CRC16UMTS
	CRC16USB
	CRC16XMODEM
	CRC24BLE
	CRC24FLEXRAYA
	CRC24FLEXRAYB
	CRC24INTERLAKEN
	CRC24LTEA
	CRC24LTEB
	CRC24OPENPGP
	CRC24OS9
	CRC32AIXM
	CRC32AUTOSAR
	CRC32BASE91D
	CRC32BZIP2
	CRC32CDROMEDC
	CRC32CKSUM
	CRC32ISCSI
	CRC32ISOHDLC
	CRC32JAMCRC
	CRC32MEF
	CRC32MPEG2
	CRC32XFER
)

// catalogue holds the algorithms, with their sum of "123456789".
var catalogue = [...]algorithm{
	Sum8:               {name: "sum8", sum: sum8, width: 8, check: 0xdd},
	Sum8Negative:       {name: "sum8-negative", sum: sum8Negative, width: 8, check: 0x23},
	Sum8Inverted:       {name: "sum8-inverted", sum: sum8Inverted, width: 8, check: 0x22},
	Sum16:              {name: "sum16", sum: sum16, width: 16, check: 0x01dd},
	Sum16Negative:      {name: "sum16-negative", sum: sum16Negative, width: 16, check: 0xfe23},
	Xor8:               {name: "xor8", sum: xor8, width: 8, check: 0x31},
	Fletcher16:         {name: "fletcher16", sum: fletcher16, width: 16, check: 0x1ede},
	Adler32:            {name: "adler32", sum: adler32.Checksum, width: 32, check: 0x091e01de},
	CRC8AUTOSAR:        entry(8, "CRC-8/AUTOSAR", 0x2f, 0xff, false, 0xff, 0xdf),
	CRC8BLUETOOTH:      entry(8, "CRC-8/BLUETOOTH", 0xa7, 0x00, true, 0x00, 0x26),
	CRC8CDMA2000:       entry(8, "CRC-8/CDMA2000", 0x9b, 0xff, false, 0x00, 0xda),
	CRC8DARC:           entry(8, "CRC-8/DARC", 0x39, 0x00, true, 0x00, 0x15),
	CRC8DVBS2:          entry(8, "CRC-8/DVB-S2", 0xd5, 0x00, false, 0x00, 0xbc),
	CRC8GSMA:           entry(8, "CRC-8/GSM-A", 0x1d, 0x00, false, 0x00, 0x37),
	CRC8GSMB:           entry(8, "CRC-8/GSM-B", 0x49, 0x00, false, 0xff, 0x94),
	CRC8HITAG:          entry(8, "CRC-8/HITAG", 0x1d, 0xff, false, 0x00, 0xb4),
	CRC8I4321:          entry(8, "CRC-8/I-432-1", 0x07, 0x00, false, 0x55, 0xa1),
	CRC8ICODE:          entry(8, "CRC-8/I-CODE", 0x1d, 0xfd, false, 0x00, 0x7e),
	CRC8LTE:            entry(8, "CRC-8/LTE", 0x9b, 0x00, false, 0x00, 0xea),
	CRC8MAXIMDOW:       entry(8, "CRC-8/MAXIM-DOW", 0x31, 0x00, true, 0x00, 0xa1),
	CRC8MIFAREMAD:      entry(8, "CRC-8/MIFARE-MAD", 0x1d, 0xc7, false, 0x00, 0x99),
	CRC8NRSC5:          entry(8, "CRC-8/NRSC-5", 0x31, 0xff, false, 0x00, 0xf7),
	CRC8OPENSAFETY:     entry(8, "CRC-8/OPENSAFETY", 0x2f, 0x00, false, 0x00, 0x3e),
	CRC8ROHC:           entry(8, "CRC-8/ROHC", 0x07, 0xff, true, 0x00, 0xd0),
	CRC8SAEJ1850:       entry(8, "CRC-8/SAE-J1850", 0x1d, 0xff, false, 0xff, 0x4b),
	CRC8SMBUS:          entry(8, "CRC-8/SMBUS", 0x07, 0x00, false, 0x00, 0xf4),
	CRC8TECH3250:       entry(8, "CRC-8/TECH-3250", 0x1d, 0xff, true, 0x00, 0x97),
	CRC8WCDMA:          entry(8, "CRC-8/WCDMA", 0x9b, 0x00, true, 0x00, 0x25),
	CRC16ARC:           entry(16, "CRC-16/ARC", 0x8005, 0x0000, true, 0x0000, 0xbb3d),
	CRC16CDMA2000:      entry(16, "CRC-16/CDMA2000", 0xc867, 0xffff, false, 0x0000, 0x4c06),
	CRC16CMS:           entry(16, "CRC-16/CMS", 0x8005, 0xffff, false, 0x0000, 0xaee7),
	CRC16DDS110:        entry(16, "CRC-16/DDS-110", 0x8005, 0x800d, false, 0x0000, 0x9ecf),
	CRC16DECTR:         entry(16, "CRC-16/DECT-R", 0x0589, 0x0000, false, 0x0001, 0x007e),
	CRC16DECTX:         entry(16, "CRC-16/DECT-X", 0x0589, 0x0000, false, 0x0000, 0x007f),
	CRC16DNP:           entry(16, "CRC-16/DNP", 0x3d65, 0x0000, true, 0xffff, 0xea82),
	CRC16EN13757:       entry(16, "CRC-16/EN-13757", 0x3d65, 0x0000, false, 0xffff, 0xc2b7),
	CRC16GENIBUS:       entry(16, "CRC-16/GENIBUS", 0x1021, 0xffff, false, 0xffff, 0xd64e),
	CRC16GSM:           entry(16, "CRC-16/GSM", 0x1021, 0x0000, false, 0xffff, 0xce3c),
	CRC16IBM3740:       entry(16, "CRC-16/IBM-3740", 0x1021, 0xffff, false, 0x0000, 0x29b1),
	CRC16IBMSDLC:       entry(16, "CRC-16/IBM-SDLC", 0x1021, 0xffff, true, 0xffff, 0x906e),
	CRC16ISOIEC144433A: entry(16, "CRC-16/ISO-IEC-14443-3-A", 0x1021, 0xc6c6, true, 0x0000, 0xbf05),
	CRC16KERMIT:        entry(16, "CRC-16/KERMIT", 0x1021, 0x0000, true, 0x0000, 0x2189),
	CRC16LJ1200:        entry(16, "CRC-16/LJ1200", 0x6f63, 0x0000, false, 0x0000, 0xbdf4),
	CRC16M17:           entry(16, "CRC-16/M17", 0x5935, 0xffff, false, 0x0000, 0x772b),
	CRC16MAXIMDOW:      entry(16, "CRC-16/MAXIM-DOW", 0x8005, 0x0000, true, 0xffff, 0x44c2),
	CRC16MCRF4XX:       entry(16, "CRC-16/MCRF4XX", 0x1021, 0xffff, true, 0x0000, 0x6f91),
	CRC16MODBUS:        entry(16, "CRC-16/MODBUS", 0x8005, 0xffff, true, 0x0000, 0x4b37),
	CRC16NRSC5:         entry(16, "CRC-16/NRSC-5", 0x080b, 0xffff, true, 0x0000, 0xa066),
	CRC16OPENSAFETYA:   entry(16, "CRC-16/OPENSAFETY-A", 0x5935, 0x0000, false, 0x0000, 0x5d38),
	CRC16OPENSAFETYB:   entry(16, "CRC-16/OPENSAFETY-B", 0x755b, 0x0000, false, 0x0000, 0x20fe),
	CRC16PROFIBUS:      entry(16, "CRC-16/PROFIBUS", 0x1dcf, 0xffff, false, 0xffff, 0xa819),
	CRC16RIELLO:        entry(16, "CRC-16/RIELLO", 0x1021, 0xb2aa, true, 0x0000, 0x63d0),
	CRC16SPIFUJITSU:    entry(16, "CRC-16/SPI-FUJITSU", 0x1021, 0x1d0f, false, 0x0000, 0xe5cc),
	CRC16T10DIF:        entry(16, "CRC-16/T10-DIF", 0x8bb7, 0x0000, false, 0x0000, 0xd0db),
	CRC16TELEDISK:      entry(16, "CRC-16/TELEDISK", 0xa097, 0x0000, false, 0x0000, 0x0fb3),
	CRC16TMS37157:      entry(16, "CRC-16/TMS37157", 0x1021, 0x89ec, true, 0x0000, 0x26b1),
	CRC16UMTS:          entry(16, "CRC-16/UMTS", 0x8005, 0x0000, false, 0x0000, 0xfee8),
	CRC16USB:           entry(16, "CRC-16/USB", 0x8005, 0xffff, true, 0xffff, 0xb4c8),
	CRC16XMODEM:        entry(16, "CRC-16/XMODEM", 0x1021, 0x0000, false, 0x0000, 0x31c3),
	CRC24BLE:           entry(24, "CRC-24/BLE", 0x00065b, 0x555555, true, 0x000000, 0xc25a56),
	CRC24FLEXRAYA:      entry(24, "CRC-24/FLEXRAY-A", 0x5d6dcb, 0xfedcba, false, 0x000000, 0x7979bd),
	CRC24FLEXRAYB:      entry(24, "CRC-24/FLEXRAY-B", 0x5d6dcb, 0xabcdef, false, 0x000000, 0x1f23b8),
	CRC24INTERLAKEN:    entry(24, "CRC-24/INTERLAKEN", 0x328b63, 0xffffff, false, 0xffffff, 0xb4f3e6),
	CRC24LTEA:          entry(24, "CRC-24/LTE-A", 0x864cfb, 0x000000, false, 0x000000, 0xcde703),
	CRC24LTEB:          entry(24, "CRC-24/LTE-B", 0x800063, 0x000000, false, 0x000000, 0x23ef52),
	CRC24OPENPGP:       entry(24, "CRC-24/OPENPGP", 0x864cfb, 0xb704ce, false, 0x000000, 0x21cf02),
	CRC24OS9:           entry(24, "CRC-24/OS-9", 0x800063, 0xffffff, false, 0xffffff, 0x200fa5),
	CRC32AIXM:          entry(32, "CRC-32/AIXM", 0x814141ab, 0x00000000, false, 0x00000000, 0x3010bf7f),
	CRC32AUTOSAR:       entry(32, "CRC-32/AUTOSAR", 0xf4acfb13, 0xffffffff, true, 0xffffffff, 0x1697d06a),
	CRC32BASE91D:       entry(32, "CRC-32/BASE91-D", 0xa833982b, 0xffffffff, true, 0xffffffff, 0x87315576),
	CRC32BZIP2:         entry(32, "CRC-32/BZIP2", 0x04c11db7, 0xffffffff, false, 0xffffffff, 0xfc891918),
	CRC32CDROMEDC:      entry(32, "CRC-32/CD-ROM-EDC", 0x8001801b, 0x00000000, true, 0x00000000, 0x6ec2edc4),
	CRC32CKSUM:         entry(32, "CRC-32/CKSUM", 0x04c11db7, 0x00000000, false, 0xffffffff, 0x765e7680),
	CRC32ISCSI:         entry(32, "CRC-32/ISCSI", 0x1edc6f41, 0xffffffff, true, 0xffffffff, 0xe3069283),
	CRC32ISOHDLC:       entry(32, "CRC-32/ISO-HDLC", 0x04c11db7, 0xffffffff, true, 0xffffffff, 0xcbf43926),
	CRC32JAMCRC:        entry(32, "CRC-32/JAMCRC", 0x04c11db7, 0xffffffff, true, 0x00000000, 0x340bc6d9),
	CRC32MEF:           entry(32, "CRC-32/MEF", 0x741b8cd7, 0xffffffff, true, 0x00000000, 0xd2c22f51),
	CRC32MPEG2:         entry(32, "CRC-32/MPEG-2", 0x04c11db7, 0xffffffff, false, 0x00000000, 0x0376e6e7),
	CRC32XFER:          entry(32, "CRC-32/XFER", 0x000000af, 0x00000000, false, 0x00000000, 0xbd0be338),
}
