using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using MedId.Core;
using Microsoft.AspNetCore.Http;

namespace MedId.AspNetCore.Provider;

/// <summary>A body as it was read: its bytes, or the HTTP status that says why there are none.</summary>
internal readonly record struct Body(byte[]? Bytes, int Status)
{
    [MemberNotNullWhen(true, nameof(Bytes))]
    public bool IsRead => Bytes is not null;

    /// <summary>Why there are no bytes, as a phone hears it.</summary>
    public MedIdError Malformed => DeviceRefusals.Malformed(Why);

    /// <summary>Why there are no bytes.</summary>
    public string Why => Status == StatusCodes.Status413PayloadTooLarge ? "more bytes than are read" : "the body broke off";

    /// <summary>Reads. Nothing is allocated by what the request claims, and what breaks off is the caller's defect, not this server's.</summary>
    public static async ValueTask<Body> ReadAsync(HttpContext http, int limit)
    {
        var reader = http.Request.BodyReader;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(http.RequestAborted).ConfigureAwait(false);
                if (read.Buffer.Length > limit)
                {
                    reader.AdvanceTo(read.Buffer.End);
                    return new(null, StatusCodes.Status413PayloadTooLarge);
                }

                if (read.IsCompleted)
                {
                    var body = read.Buffer.ToArray();
                    reader.AdvanceTo(read.Buffer.End);
                    return new(body, StatusCodes.Status200OK);
                }

                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException broken)
        {
            return new(null, broken.StatusCode);
        }
    }
}
