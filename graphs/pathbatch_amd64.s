#include "go_asm.h"
#include "textflag.h"

// The bit of each search of a batch, in the 64 bits of its lane.
DATA bits<>+0(SB)/8, $0x0001
DATA bits<>+8(SB)/8, $0x0002
DATA bits<>+16(SB)/8, $0x0004
DATA bits<>+24(SB)/8, $0x0008
DATA bits<>+32(SB)/8, $0x0010
DATA bits<>+40(SB)/8, $0x0020
DATA bits<>+48(SB)/8, $0x0040
DATA bits<>+56(SB)/8, $0x0080
DATA bits<>+64(SB)/8, $0x0100
DATA bits<>+72(SB)/8, $0x0200
DATA bits<>+80(SB)/8, $0x0400
DATA bits<>+88(SB)/8, $0x0800
DATA bits<>+96(SB)/8, $0x1000
DATA bits<>+104(SB)/8, $0x2000
DATA bits<>+112(SB)/8, $0x4000
DATA bits<>+120(SB)/8, $0x8000
GLOBL bits<>(SB), RODATA|NOPTR, $128

DATA half<>+0(SB)/8, $0.5
DATA half<>+8(SB)/8, $0.5
DATA half<>+16(SB)/8, $0.5
DATA half<>+24(SB)/8, $0.5
GLOBL half<>(SB), RODATA|NOPTR, $32

// LOADBITS fills Y12 to Y15 with bits.
#define LOADBITS \
	VMOVDQU bits<>+0(SB), Y12 \
	VMOVDQU bits<>+32(SB), Y13 \
	VMOVDQU bits<>+64(SB), Y14 \
	VMOVDQU bits<>+96(SB), Y15

// IN sets the lanes of mask to all ones where the set, broadcast, has the bit.
#define IN(bit, set, mask) \
	VPAND bit, set, mask \
	VPCMPEQQ bit, mask, mask

// ADDTO adds the lanes of a set of x to four numbers in memory.
#define ADDTO(x, bit, at) \
	IN(bit, Y8, Y9) \
	VANDPD x, Y9, Y9 \
	VADDPD at, Y9, Y9 \
	VMOVUPD Y9, at

// ADDFROM adds the lanes of a set of four numbers in memory to sum.
#define ADDFROM(at, bit, sum) \
	IN(bit, Y8, Y9) \
	VANDPD at, Y9, Y9 \
	VADDPD Y9, sum, sum

// func leadVector(p *pathBatch, rows *adjacency, first, end, limit int) int
TEXT ·leadVector(SB), NOSPLIT, $0-48
	MOVQ p+0(FP), AX
	MOVQ rows+8(FP), BX
	MOVQ first+16(FP), CX
	MOVQ limit+32(FP), R12
	MOVQ adjacency_start(BX), R8
	MOVQ adjacency_node(BX), R9
	MOVQ pathBatch_left(AX), SI
	MOVQ pathBatch_node(AX), R10
	MOVQ pathBatch_ties(AX), R11
	MOVQ pathBatch_ties+8(AX), R13
	JMP  test

entry:
	MOVQ pathBatch_reached(AX), DX
	MOVWLZX (DX)(CX*2), DI
	MOVLQSX (R10)(CX*4), DX
	MOVQ (R8)(DX*8), BX
	MOVQ 8(R8)(DX*8), DX
	LEAQ (R9)(BX*4), BX
	LEAQ (R9)(DX*4), R14
	CMPQ BX, R14
	JGE  led

tie:
	MOVL (BX), DX
	CMPL DX, R12
	JGE  led
	MOVL DX, pathTie_to(R11)(R13*8)
	MOVWLZX (SI)(DX*2), DX
	ANDL DI, DX
	MOVL DX, pathTie_by(R11)(R13*8)
	NEGL DX // sets the carry unless it is empty
	ADCQ $0, R13
	ADDQ $4, BX
	CMPQ BX, R14
	JLT  tie

led:
	INCQ CX
	MOVQ pathBatch_led(AX), DX
	MOVL R13, (DX)(CX*4)

test:
	CMPQ CX, end+24(FP)
	JLT  entry
	MOVQ R13, ret+40(FP)
	RET

// func countVector(p *pathBatch, copies *float64, first, end int)
TEXT ·countVector(SB), NOSPLIT, $0-32
	MOVQ p+0(FP), AX
	MOVQ copies+8(FP), R8
	MOVQ first+16(FP), CX
	MOVQ end+24(FP), R12
	MOVQ pathBatch_paths(AX), DI
	MOVQ pathBatch_next(AX), SI
	MOVQ pathBatch_node(AX), R9
	MOVQ pathBatch_led(AX), R10
	MOVQ pathBatch_ties(AX), R11
	LOADBITS
	MOVLQSX (R10)(CX*4), R13
	JMP  test

entry:
	MOVLQSX (R9)(CX*4), AX
	INCQ CX
	MOVLQSX (R10)(CX*4), R14
	VBROADCASTSD (R8)(AX*8), Y8
	SHLQ $7, AX
	VMULPD 0(DI)(AX*1), Y8, Y0
	VMULPD 32(DI)(AX*1), Y8, Y1
	VMULPD 64(DI)(AX*1), Y8, Y2
	VMULPD 96(DI)(AX*1), Y8, Y3
	CMPQ R13, R14
	JGE  test

tie:
	MOVLQSX pathTie_to(R11)(R13*8), BX
	MOVWLZX pathTie_by(R11)(R13*8), DX
	VPBROADCASTD pathTie_by(R11)(R13*8), Y8
	ORW  DX, (SI)(BX*2)
	SHLQ $7, BX
	ADDTO(Y0, Y12, 0(DI)(BX*1))
	ADDTO(Y1, Y13, 32(DI)(BX*1))
	ADDTO(Y2, Y14, 64(DI)(BX*1))
	ADDTO(Y3, Y15, 96(DI)(BX*1))
	INCQ R13
	CMPQ R13, R14
	JLT  tie

test:
	CMPQ CX, R12
	JLT  entry
	VZEROUPPER
	RET

// NOTE notes an entry for a node of a block, and keeps it unless its set is empty.
#define NOTE(i) \
	MOVWLZX 2*i(SI)(CX*2), DX \
	LEAQ i(CX), BX \
	MOVL BX, (R8)(R13*4) \
	MOVW DX, (R9)(R13*2) \
	NEGL DX \
	ADCQ $0, R13

// func arriveVector(p *pathBatch, limit int) int
TEXT ·arriveVector(SB), NOSPLIT, $0-24
	MOVQ p+0(FP), AX
	MOVQ limit+8(FP), R12
	MOVQ pathBatch_next(AX), SI
	MOVQ pathBatch_left(AX), DI
	MOVQ pathBatch_node(AX), R8
	MOVQ pathBatch_node+8(AX), R13
	MOVQ pathBatch_reached(AX), R9
	VPXOR Y0, Y0, Y0
	XORL CX, CX
	JMP  test

block:
	VMOVDQU (SI)(CX*2), Y1
	VPTEST Y1, Y1
	JZ   next
	VPANDN (DI)(CX*2), Y1, Y2
	VMOVDQU Y2, (DI)(CX*2)
	NOTE(0)
	NOTE(1)
	NOTE(2)
	NOTE(3)
	NOTE(4)
	NOTE(5)
	NOTE(6)
	NOTE(7)
	NOTE(8)
	NOTE(9)
	NOTE(10)
	NOTE(11)
	NOTE(12)
	NOTE(13)
	NOTE(14)
	NOTE(15)
	VMOVDQU Y0, (SI)(CX*2)

next:
	ADDQ $16, CX

test:
	CMPQ CX, R12
	JLT  block
	MOVQ R13, ret+16(FP)
	VZEROUPPER
	RET

// PUT replaces the paths of a lane that is reached by its coefficient, keeps
// the largest number of them in Y11, and leaves in sum what the searches stand
// for times their dependency. Y5 holds what is reached, Y6 the copies.
#define PUT(sum, bit, at, weight) \
	VMOVUPD at, Y10 \
	VMAXPD Y11, Y10, Y11 \
	VMULPD Y10, sum, sum \
	VMULPD Y6, sum, Y9 \
	VADDPD Y5, Y9, Y9 \
	VDIVPD Y10, Y9, Y9 \
	IN(bit, Y8, Y4) \
	VBLENDVPD Y4, Y9, Y10, Y10 \
	VMOVUPD Y10, at \
	VMULPD weight, sum, sum

// func dependVector(p *pathBatch, dst, reach, copies *float64, own, first, end int)
TEXT ·dependVector(SB), NOSPLIT, $0-56
	MOVQ p+0(FP), AX
	MOVQ dst+8(FP), SI
	MOVQ reach+16(FP), R8
	MOVQ copies+24(FP), BX
	MOVQ first+40(FP), CX
	MOVQ end+48(FP), R12
	MOVQ pathBatch_paths(AX), DI
	MOVQ pathBatch_node(AX), R9
	MOVQ pathBatch_led(AX), R10
	MOVQ pathBatch_ties(AX), R11
	LOADBITS
	VBROADCASTSD pathBatch_most(AX), Y11
	MOVLQSX (R10)(CX*4), R13
	JMP  test

entry:
	MOVLQSX 4(R10)(CX*4), R14
	VXORPD Y0, Y0, Y0
	VXORPD Y1, Y1, Y1
	VXORPD Y2, Y2, Y2
	VXORPD Y3, Y3, Y3
	CMPQ R13, R14
	JGE  put

tie:
	MOVLQSX pathTie_to(R11)(R13*8), DX
	VPBROADCASTD pathTie_by(R11)(R13*8), Y8
	SHLQ $7, DX
	ADDFROM(0(DI)(DX*1), Y12, Y0)
	ADDFROM(32(DI)(DX*1), Y13, Y1)
	ADDFROM(64(DI)(DX*1), Y14, Y2)
	ADDFROM(96(DI)(DX*1), Y15, Y3)
	INCQ R13
	CMPQ R13, R14
	JLT  tie

put:
	MOVLQSX (R9)(CX*4), DX
	VBROADCASTSD (R8)(DX*8), Y5
	VBROADCASTSD (BX)(DX*8), Y6
	CMPQ DX, own+32(FP)
	JLT  whole
	VMULPD half<>(SB), Y5, Y5

whole:
	MOVQ pathBatch_reached(AX), R14
	VPBROADCASTW (R14)(CX*2), Y8
	MOVQ DX, R14
	SHLQ $7, R14
	PUT(Y0, Y12, 0(DI)(R14*1), pathBatch_weight+0(AX))
	PUT(Y1, Y13, 32(DI)(R14*1), pathBatch_weight+32(AX))
	PUT(Y2, Y14, 64(DI)(R14*1), pathBatch_weight+64(AX))
	PUT(Y3, Y15, 96(DI)(R14*1), pathBatch_weight+96(AX))
	VADDPD Y2, Y0, Y0
	VADDPD Y3, Y1, Y1
	VADDPD Y1, Y0, Y0
	VEXTRACTF128 $1, Y0, X1
	VADDPD X1, X0, X0
	VPERMILPD $1, X0, X1
	VADDSD X1, X0, X0
	VADDSD (SI)(DX*8), X0, X0
	VMOVSD X0, (SI)(DX*8)
	MOVLQSX 4(R10)(CX*4), R13
	INCQ CX

test:
	CMPQ CX, R12
	JLT  entry
	VEXTRACTF128 $1, Y11, X0
	VMAXPD X0, X11, X11
	VPERMILPD $1, X11, X0
	VMAXSD X0, X11, X11
	VMOVSD X11, pathBatch_most(AX)
	VZEROUPPER
	RET
