using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace MedId.AspNetCore.Provider;

internal static class Bodies
{
    /// <summary>The body, or null when it is longer than the limit. Nothing is allocated by what the request claims.</summary>
    public static async ValueTask<byte[]?> ReadAsync(HttpContext http, int limit)
    {
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted).ConfigureAwait(false);
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
