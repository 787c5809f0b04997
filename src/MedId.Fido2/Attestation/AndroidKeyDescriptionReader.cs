using MedId.Core;

namespace MedId.Fido2;

/// <summary>Reads KeyDescription in DER.</summary>
internal static class AndroidKeyDescriptionReader
{
    public static MedIdResult<AndroidKeyDescription> Read(ReadOnlyMemory<byte> der) => throw new NotSupportedException(der.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
