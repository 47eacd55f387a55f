/* Known answers for both hashes. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "rune/hash.h"

Suite *hash_suite(void);

START_TEST(fnv_gives_the_published_values)
{
	ck_assert(hash_fnv(STR("")) == UINT64_C(0xcbf29ce484222325));
	ck_assert(hash_fnv(STR("a")) == UINT64_C(0xaf63dc4c8601ec8c));
	ck_assert(hash_fnv(STR("foobar")) == UINT64_C(0x85944171f73967e8));
}
END_TEST

START_TEST(sha256_gives_the_published_values)
{
	char hex[HASH_HEX + 1];

	hash_sha256_hex(STR_NONE, hex);
	ck_assert_str_eq(
		hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	hash_sha256_hex(STR("abc"), hex);
	ck_assert_str_eq(
		hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
END_TEST

START_TEST(sha256_reads_long_input)
{
	size_t n = 1000000;
	char *p = malloc(n), hex[HASH_HEX + 1];

	ck_assert_ptr_nonnull(p);
	memset(p, 'a', n);
	hash_sha256_hex((struct str){ p, n }, hex);
	free(p);
	ck_assert_str_eq(
		hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
END_TEST

Suite *hash_suite(void)
{
	Suite *s = suite_create("hash");
	TCase *t = tcase_create("hash");

	tcase_add_test(t, fnv_gives_the_published_values);
	tcase_add_test(t, sha256_gives_the_published_values);
	tcase_add_test(t, sha256_reads_long_input);
	suite_add_tcase(s, t);
	return s;
}
