#include "go_asm.h"
#include "textflag.h"

// COUNT adds the bits of a word in memory to DX.
#define COUNT(at) \
	POPCNTQ at, R15 \
	ADDL R15, DX

// func meetVector(w *wideScratch, rows *adjacency) (met, open int)
TEXT ·meetVector(SB), NOSPLIT, $0-32
	MOVQ w+0(FP), AX
	MOVQ rows+8(FP), BX
	MOVQ adjacency_start(BX), R11
	MOVQ adjacency_node(BX), R12
	MOVQ wideScratch_now(AX), SI
	MOVQ wideScratch_seen(AX), DI
	MOVQ wideScratch_next(AX), R8
	MOVQ wideScratch_open(AX), R9
	MOVQ wideScratch_left(AX), R10
	XORL R13, R13 // met
	XORL BX, BX   // open
	XORL CX, CX
	JMP  test

node:
	MOVLQSX (R9)(CX*4), AX
	MOVQ (R11)(AX*8), DX
	MOVQ 8(R11)(AX*8), R15
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	CMPQ DX, R15
	JGE  count

tie:
	MOVLQSX (R12)(DX*4), R14
	SHLQ $6, R14
	VPOR (SI)(R14*1), Y0, Y0
	VPOR 32(SI)(R14*1), Y1, Y1
	INCQ DX
	CMPQ DX, R15
	JLT  tie

count:
	MOVQ AX, R14
	SHLQ $6, R14
	VMOVDQU 0(DI)(R14*1), Y2
	VMOVDQU 32(DI)(R14*1), Y3
	VPANDN Y0, Y2, Y4
	VPANDN Y1, Y3, Y5
	VMOVDQU Y4, 0(R8)(R14*1)
	VMOVDQU Y5, 32(R8)(R14*1)
	VPOR Y0, Y2, Y2
	VPOR Y1, Y3, Y3
	VMOVDQU Y2, 0(DI)(R14*1)
	VMOVDQU Y3, 32(DI)(R14*1)
	XORL DX, DX
	VPOR Y4, Y5, Y4
	VPTEST Y4, Y4
	JZ   list
	COUNT(0(R8)(R14*1))
	COUNT(8(R8)(R14*1))
	COUNT(16(R8)(R14*1))
	COUNT(24(R8)(R14*1))
	COUNT(32(R8)(R14*1))
	COUNT(40(R8)(R14*1))
	COUNT(48(R8)(R14*1))
	COUNT(56(R8)(R14*1))

list:
	MOVQ w+0(FP), R14
	MOVQ wideScratch_met(R14), R14
	MOVL AX, meeting_node(R14)(R13*8)
	MOVL DX, meeting_searches(R14)(R13*8)
	MOVL AX, (R9)(BX*4)
	MOVL (R10)(AX*4), R15
	SUBL DX, R15
	MOVL R15, (R10)(AX*4)
	NEGL DX // sets the carry unless it is 0
	ADCQ $0, R13
	NEGL R15
	ADCQ $0, BX
	INCQ CX

test:
	MOVQ w+0(FP), R14
	CMPQ CX, wideScratch_open+8(R14)
	JLT  node
	MOVQ R13, met+16(FP)
	MOVQ BX, open+24(FP)
	VZEROUPPER
	RET
