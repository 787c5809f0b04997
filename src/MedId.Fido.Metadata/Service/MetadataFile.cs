using System.Security.Cryptography;

namespace MedId.Fido.Metadata;

/// <summary>The file of the last good BLOB: whole or not at all.</summary>
internal static class MetadataFile
{
    /// <summary>Replaces the file in one step: a crash before it leaves the old one, and beside it an unfinished one that nobody reads.</summary>
    public static async Task ReplaceAsync(string path, string jws)
    {
        var unfinished = $"{path}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.tmp";
        try
        {
            var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(jws)).ConfigureAwait(false);
                await stream.FlushAsync().ConfigureAwait(false);
                RandomAccess.FlushToDisk(stream.SafeFileHandle);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
