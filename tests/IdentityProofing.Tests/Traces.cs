using System.Globalization;
using System.Numerics;
using System.Text;

namespace MedId.Samples.IdentityProofing.Tests;

/// <summary>Looks for bytes in files in every way that a program writes bytes: as they are, in hexadecimal, in base64 and base64url at each of the three offsets.</summary>
internal static class Traces
{
    // A shorter one would be met by chance in megabytes of random identifiers.
    private const int ShortestNeedle = 7;

    /// <summary>Every spelling of a secret that is long enough to be told from chance.</summary>
    public static IEnumerable<byte[]> Of(byte[] secret) => Spellings(secret).Where(needle => needle.Length >= ShortestNeedle);

    /// <summary>A serial number also as people and logs write it, with the usual separators.</summary>
    public static IEnumerable<byte[]> OfSerial(byte[] serial)
    {
        foreach (var spelling in Of(serial))
        {
            yield return spelling;
        }

        yield return Encoding.ASCII.GetBytes(new BigInteger(serial, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture));
        yield return Encoding.ASCII.GetBytes(BitConverter.ToString(serial).Replace('-', ':'));
    }

    /// <summary>The files that hold one of the needles, with its place in the list.</summary>
    public static IReadOnlyList<string> Find(string folder, IReadOnlyList<byte[]> needles)
    {
        List<string> found = [];
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
            for (var index = 0; index < needles.Count; index++)
            {
                if (bytes.IndexOf(needles[index]) >= 0)
                {
                    found.Add($"{Path.GetFileName(file)}: needle {index}");
                }
            }
        }

        return found;
    }

    private static IEnumerable<byte[]> Spellings(byte[] secret)
    {
        yield return secret;
        yield return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret));
        yield return Encoding.ASCII.GetBytes(Convert.ToHexString(secret));
        for (var offset = 0; offset < 3; offset++)
        {
            // Whatever stands before and behind, the whole groups of three in between are spelled alike.
            var inner = secret.AsSpan((3 - offset) % 3);
            var base64 = Convert.ToBase64String(inner[..(inner.Length - (inner.Length % 3))]);
            yield return Encoding.ASCII.GetBytes(base64);
            yield return Encoding.ASCII.GetBytes(base64.Replace('+', '-').Replace('/', '_'));
        }
    }
}
