using System.Globalization;
using System.Text;

namespace MedId.TestSupport;

/// <summary>
/// Changes valid messages by a seed: the same seed gives the same mutants on every machine and runtime. What a test asserts of each mutant: the parser
/// does not throw, does not hang, and where it accepts, the result equals that of the original.
/// </summary>
public sealed class SeededMutator
{
    private ulong _state;

    /// <summary>Mutants of this seed.</summary>
    /// <param name="seed">Any number; write it into the test.</param>
    public SeededMutator(int seed) => _state = unchecked((ulong)seed + 0x9E3779B97F4A7C15UL);

    /// <summary>Every single bit turned over, in order.</summary>
    /// <param name="original">The valid message.</param>
    public static IEnumerable<Mutant> EveryBitFlip(byte[] original)
    {
        ArgumentNullException.ThrowIfNull(original);
        for (var index = 0; index < original.Length; index++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var bytes = (byte[])original.Clone();
                bytes[index] ^= (byte)(1 << bit);
                yield return new Mutant(Invariant($"flip bit {bit} of byte {index}"), bytes);
            }
        }
    }

    /// <summary>Every shorter beginning of the message, down to the empty one.</summary>
    /// <param name="original">The valid message.</param>
    public static IEnumerable<Mutant> EveryTruncation(byte[] original)
    {
        ArgumentNullException.ThrowIfNull(original);
        for (var length = original.Length - 1; length >= 0; length--)
        {
            yield return new Mutant(Invariant($"truncate to {length}"), original[..length]);
        }
    }

    /// <summary>Mutants of a message by one to three random changes each: flip, set, truncate, extend, duplicate, delete, splice, swap.</summary>
    /// <param name="original">The valid message; not empty.</param>
    /// <param name="count">How many mutants.</param>
    public IEnumerable<Mutant> Mutate(byte[] original, int count)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentOutOfRangeException.ThrowIfZero(original.Length);
        for (var made = 0; made < count;)
        {
            var bytes = original;
            var how = new StringBuilder();
            for (var changes = 1 + Next(3); changes > 0; changes--)
            {
                bytes = Change(bytes, original, how);
            }

            if (!bytes.AsSpan().SequenceEqual(original))
            {
                made++;
                yield return new Mutant(how.ToString(), bytes);
            }
        }
    }

    /// <summary>Mutants of a text, as <see cref="Mutate(byte[], int)"/> over its UTF-8 bytes; read them by <see cref="Mutant.Text"/>.</summary>
    /// <param name="original">The valid text; not empty.</param>
    /// <param name="count">How many mutants.</param>
    public IEnumerable<Mutant> Mutate(string original, int count) => Mutate(Encoding.UTF8.GetBytes(original), count);

    private byte[] Change(byte[] bytes, byte[] original, StringBuilder how)
    {
        if (bytes.Length == 0)
        {
            how.Append("restore; ");
            return (byte[])original.Clone();
        }

        var at = Next(bytes.Length);
        var length = 1 + Next(Math.Min(16, bytes.Length - at));
        switch (Next(8))
        {
            case 0:
                var bit = Next(8);
                how.Append(CultureInfo.InvariantCulture, $"flip bit {bit} of byte {at}; ");
                return With(bytes, at, (byte)(bytes[at] ^ (1 << bit)));
            case 1:
                byte[] interesting = [0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF, (byte)' ', (byte)'=', (byte)'"', (byte)'\n', (byte)'.', (byte)Next(256)];
                var value = interesting[Next(interesting.Length)];
                how.Append(CultureInfo.InvariantCulture, $"set byte {at} to 0x{value:X2}; ");
                return With(bytes, at, value);
            case 2:
                how.Append(CultureInfo.InvariantCulture, $"truncate to {at}; ");
                return bytes[..at];
            case 3:
                var tail = Enumerable.Range(0, length).Select(_ => (byte)Next(256)).ToArray();
                how.Append(CultureInfo.InvariantCulture, $"extend by {Convert.ToHexString(tail)}; ");
                return [.. bytes, .. tail];
            case 4:
                how.Append(CultureInfo.InvariantCulture, $"duplicate {length} at {at}; ");
                return [.. bytes[..(at + length)], .. bytes[at..]];
            case 5:
                how.Append(CultureInfo.InvariantCulture, $"delete {length} at {at}; ");
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 6:
                var from = Next(original.Length);
                var piece = original.AsSpan(from, Math.Min(length, original.Length - from)).ToArray();
                how.Append(CultureInfo.InvariantCulture, $"splice {piece.Length} from {from} in at {at}; ");
                return [.. bytes[..at], .. piece, .. bytes[at..]];
            default:
                var other = Next(bytes.Length);
                how.Append(CultureInfo.InvariantCulture, $"swap bytes {at} and {other}; ");
                return With(With(bytes, at, bytes[other]), other, bytes[at]);
        }
    }

    private static byte[] With(byte[] bytes, int at, byte value)
    {
        var copy = (byte[])bytes.Clone();
        copy[at] = value;
        return copy;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    // SplitMix64: short, and the same everywhere, which the seeded random numbers of the runtime do not promise.
    private int Next(int below)
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            mixed ^= mixed >> 31;
            return (int)(mixed % (ulong)below);
        }
    }
}
