using System.Buffers;
using System.Text.Unicode;
using MedId.Core;

namespace MedId.Fido2;

/// <summary>Hands a text to a reader of UTF-8 over a rented buffer.</summary>
internal static class StrictUtf8
{
    public delegate MedIdResult<T> Reader<T>(ReadOnlySpan<byte> utf8)
        where T : notnull;

    /// <summary>Null when the text is too long or holds half a character.</summary>
    public static MedIdResult<T>? Read<T>(string text, Reader<T> read)
        where T : notnull
    {
        if (text.Length > ResponseLimits.JsonBytes)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            var status = Utf8.FromUtf16(text, buffer, out _, out var written, replaceInvalidSequences: false);
            if (status == OperationStatus.DestinationTooSmall)
            {
                // Seldom: these messages are ASCII as clients write them.
                ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
                buffer = ArrayPool<byte>.Shared.Rent(text.Length * 3);
                status = Utf8.FromUtf16(text, buffer, out _, out written, replaceInvalidSequences: false);
            }

            return status == OperationStatus.Done ? read(buffer.AsSpan(0, written)) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
