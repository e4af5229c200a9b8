/* A stand-in for vendors' photo decoders, for tests: takes the simulator's blocks, makes a 102 x 126 picture of their
   bytes. The byte after the header says how it behaves: 0xEE crashes, 0xDD never comes back, 0xCC refuses, 0xBB asks
   for a gigabyte and more. Built with -DOLD it has the older function only. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { W = 102, H = 126, PAD = 308, SIZE = 54 + PAD * H };

static int behave(const unsigned char *wlt)
{
    if (memcmp(wlt, "WLf\0~\0", 6) != 0 || wlt[8] == 0xCC) return 0;
    if (wlt[8] == 0xEE) abort();
    if (wlt[8] == 0xDD) for (;;) pause();
    if (wlt[8] == 0xBB) { char *much = malloc(2000000000); if (!much) abort(); memset(much, 1, 2000000000); }
    return 1;
}

static void draw(const unsigned char *wlt, unsigned char *bmp)
{
    static const unsigned char head[54] = {'B', 'M', 0xCE, 0x97, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, W, 0, 0, 0,
                                           H, 0, 0, 0, 1, 0, 24, 0};
    memcpy(bmp, head, 54);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < PAD; x++) bmp[54 + y * PAD + x] = x < W * 3 ? wlt[8 + (y * W + x / 3) % 1016] : 0;
}

#ifdef OLD
int unpack(unsigned char *wlt, unsigned char *bmp, int save)
{
    if (save && behave(wlt)) draw(wlt, bmp);
    return 0;
}
#else
int _Unpack(unsigned char *wlt, int size, unsigned char *bmp, int *n)
{
    if (size != 1024 || !behave(wlt)) return 0;
    draw(wlt, bmp);
    *n = SIZE;
    return 1;
}
#endif
