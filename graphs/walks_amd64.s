#include "go_asm.h"
#include "textflag.h"

// ROW sets at to where the row of the i-th neighbour starts.
#define ROW(i, at) \
	MOVLQSX 4*i(BX), at \
	IMULQ R8, at \
	ADDQ SI, at

// func gatherVector(w *walkScratch, rows *adjacency, half bool)
//
// R8 is the length of a row in bytes, R9 to R10 what is left of the neighbours of
// node CX, DI its row, and DX how far in it.
TEXT ·gatherVector(SB), NOSPLIT, $0-17
	MOVQ w+0(FP), AX
	MOVQ walkScratch_sum(AX), SI
	MOVQ walkScratch_next(AX), DI
	MOVQ walkScratch_columns(AX), R8
	SHLQ $3, R8
	XORL CX, CX
	JMP  test

node:
	MOVQ rows+8(FP), AX
	MOVQ adjacency_start(AX), DX
	MOVQ adjacency_node(AX), R10
	MOVQ (DX)(CX*8), BX
	MOVQ 8(DX)(CX*8), R9
	LEAQ (R10)(BX*4), BX
	LEAQ (R10)(R9*4), R9
	MOVQ R8, R10
	CMPB half+16(FP), $0
	JEQ  clear
	LEAQ 4(CX), R10
	ANDQ $~3, R10
	SHLQ $3, R10

clear:
	VXORPD Y0, Y0, Y0
	XORL DX, DX

zero:
	VMOVUPD Y0, (DI)(DX*1)
	ADDQ $32, DX
	CMPQ DX, R10
	JLT  zero
	JMP  fours

four:
	ROW(0, R11)
	ROW(1, R12)
	ROW(2, R13)
	ROW(3, AX)
	ADDQ $16, BX
	XORL DX, DX

add4:
	VMOVUPD (R11)(DX*1), Y0
	VMOVUPD (R13)(DX*1), Y1
	VADDPD (R12)(DX*1), Y0, Y0
	VADDPD (AX)(DX*1), Y1, Y1
	VADDPD Y1, Y0, Y0
	VADDPD (DI)(DX*1), Y0, Y0
	VMOVUPD Y0, (DI)(DX*1)
	ADDQ $32, DX
	CMPQ DX, R10
	JLT  add4

fours:
	LEAQ 16(BX), DX
	CMPQ DX, R9
	JLE  four
	LEAQ 8(BX), DX
	CMPQ DX, R9
	JGT  one
	ROW(0, R11)
	ROW(1, R12)
	ADDQ $8, BX
	XORL DX, DX

add2:
	VMOVUPD (R11)(DX*1), Y0
	VADDPD (R12)(DX*1), Y0, Y0
	VADDPD (DI)(DX*1), Y0, Y0
	VMOVUPD Y0, (DI)(DX*1)
	ADDQ $32, DX
	CMPQ DX, R10
	JLT  add2

one:
	CMPQ BX, R9
	JGE  done
	ROW(0, R11)
	XORL DX, DX

add1:
	VMOVUPD (R11)(DX*1), Y0
	VADDPD (DI)(DX*1), Y0, Y0
	VMOVUPD Y0, (DI)(DX*1)
	ADDQ $32, DX
	CMPQ DX, R10
	JLT  add1

done:
	ADDQ R8, DI
	INCQ CX

test:
	MOVQ rows+8(FP), AX
	MOVQ adjacency_start+8(AX), DX
	DECQ DX // the number of nodes
	CMPQ CX, DX
	JLT  node
	VZEROUPPER
	RET
