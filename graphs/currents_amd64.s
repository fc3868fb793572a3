#include "textflag.h"

DATA magnitude<>+0(SB)/8, $0x7fffffffffffffff
GLOBL magnitude<>(SB), RODATA|NOPTR, $8

// func compareFoursVector(sums *[4]float64, x []float64)
TEXT ·compareFoursVector(SB), NOSPLIT, $0-32
	MOVQ sums+0(FP), DI
	MOVQ x_base+8(FP), SI
	MOVQ x_len+16(FP), CX
	VBROADCASTSD magnitude<>(SB), Y7
	VXORPD Y0, Y0, Y0
	JMP  test

four:
	VMOVUPD (SI)(CX*8), Y1 // a, b, c, d
	VBROADCASTSD (SI)(CX*8), Y2
	VPERMPD $0x39, Y1, Y3 // b, c, d, a
	VPERMPD $0x16, Y1, Y4 // c, b, b, a
	VPERMPD $0x2f, Y1, Y5 // d, d, c, a
	VSUBPD Y3, Y2, Y2
	VSUBPD Y5, Y4, Y4
	VANDPD Y7, Y2, Y2
	VANDPD Y7, Y4, Y4
	VADDPD Y4, Y2, Y2
	VADDPD Y2, Y0, Y0
	XORL DX, DX
	CMPQ DX, CX
	JGE  test

before:
	VBROADCASTSD (SI)(DX*8), Y2
	VSUBPD Y2, Y1, Y2
	VANDPD Y7, Y2, Y2
	VADDPD Y2, Y0, Y0
	INCQ DX
	CMPQ DX, CX
	JLT  before

test:
	SUBQ $4, CX
	JGE  four
	VMOVUPD Y0, (DI)
	VZEROUPPER
	RET
