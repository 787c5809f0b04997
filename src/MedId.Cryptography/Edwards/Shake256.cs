using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace MedId.Cryptography;

/// <summary>SHAKE256 (FIPS 202 §6.2). Our own, because some platforms of the runtime have none and Ed448 has to verify alike on all.</summary>
internal struct Shake256
{
    private const int Rate = 136;
    private const int Lanes = 25;

    private State _state;
    private int _position;

    public void Append(ReadOnlySpan<byte> data)
    {
        foreach (var octet in data)
        {
            _state[_position / 8] ^= (ulong)octet << (8 * (_position % 8));
            if (++_position == Rate)
            {
                Permute(ref _state);
                _position = 0;
            }
        }
    }

    /// <summary>Pads and squeezes; the instance is used up.</summary>
    public void Finish(Span<byte> output)
    {
        _state[_position / 8] ^= 0x1FUL << (8 * (_position % 8));
        _state[(Rate / 8) - 1] ^= 1UL << 63;
        Span<byte> block = stackalloc byte[Rate];
        while (!output.IsEmpty)
        {
            Permute(ref _state);
            for (var i = 0; i < Rate / 8; i++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(block[(8 * i)..], _state[i]);
            }

            var taken = Math.Min(output.Length, Rate);
            block[..taken].CopyTo(output);
            output = output[taken..];
        }
    }

    /// <summary>Keccak-f[1600] (FIPS 202 §3.2, §3.3).</summary>
    private static void Permute(ref State state)
    {
        // The round constants come from the shift register of §3.2.5, the offsets of rho from the walk of §3.2.2.
        var register = 1;
        Span<ulong> column = stackalloc ulong[5];
        for (var round = 0; round < 24; round++)
        {
            for (var x = 0; x < 5; x++)
            {
                column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
            }

            for (var i = 0; i < Lanes; i++)
            {
                state[i] ^= column[((i % 5) + 4) % 5] ^ BitOperations.RotateLeft(column[((i % 5) + 1) % 5], 1);
            }

            var (laneX, laneY) = (1, 0);
            var moving = state[1];
            for (var t = 0; t < 24; t++)
            {
                (laneX, laneY) = (laneY, ((2 * laneX) + (3 * laneY)) % 5);
                var rotated = BitOperations.RotateLeft(moving, (t + 1) * (t + 2) / 2);
                moving = state[laneX + (5 * laneY)];
                state[laneX + (5 * laneY)] = rotated;
            }

            for (var y = 0; y < Lanes; y += 5)
            {
                for (var x = 0; x < 5; x++)
                {
                    column[x] = state[y + x];
                }

                for (var x = 0; x < 5; x++)
                {
                    state[y + x] = column[x] ^ (~column[(x + 1) % 5] & column[(x + 2) % 5]);
                }
            }

            for (var j = 0; j < 7; j++)
            {
                state[0] ^= (ulong)(register & 1) << ((1 << j) - 1);
                register = (register << 1) ^ ((register >> 7) * 0x171);
            }
        }
    }

    [InlineArray(Lanes)]
    private struct State
    {
        private ulong _first;
    }
}
