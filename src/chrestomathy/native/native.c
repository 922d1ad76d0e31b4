/* Which version of the functions this library has. */
#include "native.h"

CHR_API uint32_t chr_abi(void)
{
    return CHR_ABI;
}
