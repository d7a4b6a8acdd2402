// Byte masks for the reader of files: which of 64 bytes are wanted, as the bits of one number. Bit i
// stands for byte i. Swift has no vector form of this that is compiled well.
#ifndef DOSSIER_BYTESCAN_H
#define DOSSIER_BYTESCAN_H

#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#endif

/// Where the 64 bytes are `value`, one by one: what the vector form is held against.
static inline uint64_t bytescan_equal_scalar(const uint8_t *bytes, uint8_t value) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(bytes[i] == value) << i;
  return mask;
}

/// Where the 64 bytes are not ASCII, one by one.
static inline uint64_t bytescan_high_scalar(const uint8_t *bytes) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(bytes[i] >> 7) << i;
  return mask;
}

#if defined(__SSE2__)

/// Where the 64 bytes are `value`.
static inline uint64_t bytescan_equal(const uint8_t *bytes, uint8_t value) {
  const __m128i wanted = _mm_set1_epi8((char)value);
  uint64_t mask = 0;
  for (int i = 0; i < 4; i++) {
    const __m128i part = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    mask |= (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmpeq_epi8(part, wanted)) << (16 * i);
  }
  return mask;
}

/// Where the 64 bytes are not ASCII.
static inline uint64_t bytescan_high(const uint8_t *bytes) {
  uint64_t mask = 0;
  for (int i = 0; i < 4; i++) {
    const __m128i part = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    mask |= (uint64_t)(uint16_t)_mm_movemask_epi8(part) << (16 * i);
  }
  return mask;
}

#elif defined(__ARM_NEON) && defined(__aarch64__)

/// The 64 bits of four vectors whose bytes are 0 or 255.
static inline uint64_t bytescan_bits(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
  static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t bit = vld1q_u8(weights);
  const uint8x16_t ab = vpaddq_u8(vandq_u8(a, bit), vandq_u8(b, bit));
  const uint8x16_t cd = vpaddq_u8(vandq_u8(c, bit), vandq_u8(d, bit));
  const uint8x16_t sums = vpaddq_u8(ab, cd);
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
}

/// Where the 64 bytes are `value`.
static inline uint64_t bytescan_equal(const uint8_t *bytes, uint8_t value) {
  const uint8x16_t wanted = vdupq_n_u8(value);
  return bytescan_bits(
      vceqq_u8(vld1q_u8(bytes), wanted), vceqq_u8(vld1q_u8(bytes + 16), wanted),
      vceqq_u8(vld1q_u8(bytes + 32), wanted), vceqq_u8(vld1q_u8(bytes + 48), wanted));
}

/// Where the 64 bytes are not ASCII.
static inline uint64_t bytescan_high(const uint8_t *bytes) {
  const uint8x16_t least = vdupq_n_u8(0x80);
  return bytescan_bits(
      vcgeq_u8(vld1q_u8(bytes), least), vcgeq_u8(vld1q_u8(bytes + 16), least),
      vcgeq_u8(vld1q_u8(bytes + 32), least), vcgeq_u8(vld1q_u8(bytes + 48), least));
}

#else

/// Where the 64 bytes are `value`.
static inline uint64_t bytescan_equal(const uint8_t *bytes, uint8_t value) {
  return bytescan_equal_scalar(bytes, value);
}

/// Where the 64 bytes are not ASCII.
static inline uint64_t bytescan_high(const uint8_t *bytes) {
  return bytescan_high_scalar(bytes);
}

#endif
#endif
