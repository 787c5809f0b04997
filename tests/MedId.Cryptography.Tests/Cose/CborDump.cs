using System.Formats.Cbor;
using System.Globalization;
using System.Text;
using PeerReader = System.Formats.Cbor.CborReader;

namespace MedId.Cryptography.Tests;

/// <summary>What two readers saw, in one text for both: types, values, order.</summary>
internal static class CborDump
{
    /// <summary>What ours sees; null when it refuses.</summary>
    public static string? Ours(ReadOnlySpan<byte> document, CborRules rules, int maxDepth, out string? code)
    {
        code = null;
        if (!CborReader.TryOpenWhole(document, rules, out var reader, out var error, maxDepth))
        {
            code = error.Code;
            return null;
        }

        var text = new StringBuilder();
        Item(ref reader, text);
        Assert.True(reader.AtEnd);
        return text.ToString();
    }

    /// <summary>What System.Formats.Cbor sees; null when it refuses.</summary>
    public static string? Peer(byte[] document, CborConformanceMode mode)
    {
        try
        {
            var reader = new PeerReader(document, mode);
            var text = new StringBuilder();
            Item(reader, text);
            return reader.BytesRemaining == 0 ? text.ToString() : null;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or FormatException)
        {
            return null;
        }
    }

    private static void Item(ref CborReader reader, StringBuilder text)
    {
        switch (reader.Next)
        {
            case CborType.UnsignedInteger:
                Assert.True(reader.TryReadUnsigned(out var number));
                text.Append(CultureInfo.InvariantCulture, $"{number} ");
                break;
            case CborType.NegativeInteger:
                if (reader.TryReadInteger(out var negative))
                {
                    text.Append(CultureInfo.InvariantCulture, $"-1-{(ulong)(-1 - negative)} ");
                }
                else
                {
                    Assert.True(reader.TryReadEncoded(out var big));
                    text.Append(CultureInfo.InvariantCulture, $"-1-{Convert.ToUInt64(Convert.ToHexString(big[1..]), 16)} ");
                }

                break;
            case CborType.ByteString:
                Assert.True(reader.TryReadBytes(out var bytes));
                text.Append(CultureInfo.InvariantCulture, $"h'{Convert.ToHexString(bytes)}' ");
                break;
            case CborType.TextString:
                Assert.True(reader.TryReadText(out var words));
                text.Append(CultureInfo.InvariantCulture, $"\"{words}\" ");
                break;
            case CborType.Array:
                Assert.True(reader.TryReadArray(out var items));
                text.Append("[ ");
                while (!items.AtEnd)
                {
                    Item(ref items, text);
                }

                text.Append("] ");
                break;
            case CborType.Map:
                Assert.True(reader.TryReadMap(out var entries));
                text.Append("{ ");
                while (!entries.AtEnd)
                {
                    Item(ref entries, text);
                }

                text.Append("} ");
                break;
            case CborType.Boolean:
                Assert.True(reader.TryReadBoolean(out var flag));
                text.Append(flag ? "true " : "false ");
                break;
            default:
                var isFloat = reader.Next == CborType.Float;
                Assert.True(reader.TryReadEncoded(out var encoded));
                text.Append(isFloat ? $"float{Convert.ToHexString(encoded)} " : $"simple{encoded[^1] & (encoded.Length > 1 ? 0xFF : 0x1F)} ");
                break;
        }
    }

    private static void Item(PeerReader reader, StringBuilder text)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.UnsignedInteger:
                text.Append(CultureInfo.InvariantCulture, $"{reader.ReadUInt64()} ");
                break;
            case CborReaderState.NegativeInteger:
                text.Append(CultureInfo.InvariantCulture, $"-1-{reader.ReadCborNegativeIntegerRepresentation()} ");
                break;
            case CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString:
                text.Append(CultureInfo.InvariantCulture, $"h'{Convert.ToHexString(reader.ReadByteString())}' ");
                break;
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                text.Append(CultureInfo.InvariantCulture, $"\"{reader.ReadTextString()}\" ");
                break;
            case CborReaderState.StartArray:
                reader.ReadStartArray();
                text.Append("[ ");
                while (reader.PeekState() != CborReaderState.EndArray)
                {
                    Item(reader, text);
                }

                reader.ReadEndArray();
                text.Append("] ");
                break;
            case CborReaderState.StartMap:
                reader.ReadStartMap();
                text.Append("{ ");
                while (reader.PeekState() != CborReaderState.EndMap)
                {
                    Item(reader, text);
                    Item(reader, text);
                }

                reader.ReadEndMap();
                text.Append("} ");
                break;
            case CborReaderState.Boolean:
                text.Append(reader.ReadBoolean() ? "true " : "false ");
                break;
            case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat:
                text.Append(CultureInfo.InvariantCulture, $"float{Convert.ToHexString(reader.ReadEncodedValue().Span)} ");
                break;
            case CborReaderState.Null or CborReaderState.SimpleValue:
                text.Append(CultureInfo.InvariantCulture, $"simple{(byte)reader.ReadSimpleValue()} ");
                break;
            default:
                throw new CborContentException($"A state that no value has: {reader.PeekState()}");
        }
    }
}
