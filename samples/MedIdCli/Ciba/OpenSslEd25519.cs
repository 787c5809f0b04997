using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MedId.Cryptography;

namespace MedId.Cli.Ciba;

/// <summary>
/// Ed25519 by the OpenSSL of the system: .NET has no such keys, and a signature of a secret key is not computed by code of a sample. It is the outside key that <see cref="RemoteSigningKey"/> is for.
/// </summary>
internal static class OpenSslEd25519
{
    private const int Ed25519 = 1087;
    private const int KeyLength = 32;
    private const int SignatureLength = 64;
    private static readonly string[] Names = ["libcrypto.so.3", "libcrypto.so", "libcrypto.3.dylib", "libcrypto-3-x64.dll"];

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate IntPtr NewRawPrivateKey(int type, IntPtr engine, byte[] key, nuint length);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int GetRawPublicKey(IntPtr key, byte[] publicKey, ref nuint length);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate IntPtr NewContext();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void FreeContext(IntPtr context);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int DigestSignInit(IntPtr context, IntPtr keyContext, IntPtr type, IntPtr engine, IntPtr key);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int DigestSign(IntPtr context, byte[] signature, ref nuint length, byte[] data, nuint dataLength);

    /// <summary>A new key.</summary>
    /// <exception cref="NotSupportedException">The system has no OpenSSL 3.</exception>
    public static SigningKey Generate(string? keyId = null) => Import(RandomNumberGenerator.GetBytes(KeyLength), keyId);

    /// <summary>A key from its 32 secret octets. It lives as long as the process.</summary>
    /// <exception cref="NotSupportedException">The system has no OpenSSL 3.</exception>
    public static SigningKey Import(byte[] secret, string? keyId)
    {
        var library = IntPtr.Zero;
        if (secret.Length != KeyLength || !Names.Any(name => NativeLibrary.TryLoad(name, out library)))
        {
            throw new NotSupportedException("an Ed25519 key without OpenSSL 3, or of another length than 32 octets");
        }

        var key = Call<NewRawPrivateKey>(library, "EVP_PKEY_new_raw_private_key")(Ed25519, IntPtr.Zero, secret, KeyLength);
        var publicKey = new byte[KeyLength];
        nuint length = KeyLength;
        if (key == IntPtr.Zero || Call<GetRawPublicKey>(library, "EVP_PKEY_get_raw_public_key")(key, publicKey, ref length) != 1)
        {
            throw new NotSupportedException("an Ed25519 key that OpenSSL does not take");
        }

        return RemoteSigningKey.OverData(
            SignatureAlgorithm.Ed25519, PublicKey.FromEdwardsPoint(KeyKind.Ed25519, publicKey).Value!, (data, _) => ValueTask.FromResult(Sign(library, key, data.ToArray())), keyId);
    }

    private static byte[] Sign(IntPtr library, IntPtr key, byte[] data)
    {
        var context = Call<NewContext>(library, "EVP_MD_CTX_new")();
        try
        {
            var signature = new byte[SignatureLength];
            nuint length = SignatureLength;
            return Call<DigestSignInit>(library, "EVP_DigestSignInit")(context, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero, key) == 1
                && Call<DigestSign>(library, "EVP_DigestSign")(context, signature, ref length, data, (nuint)data.Length) == 1
                    ? signature
                    : throw new CryptographicException("OpenSSL did not sign.");
        }
        finally
        {
            Call<FreeContext>(library, "EVP_MD_CTX_free")(context);
        }
    }

    private static T Call<T>(IntPtr library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
