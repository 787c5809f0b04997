using MedId.Core;

namespace MedId.Consent;

/// <summary>Reads, writes and converts consent artefacts of every format. Pure; never throws on input.</summary>
public static partial class ConsentArtefacts
{
    /// <summary>Reads an artefact. Signatures are not looked at.</summary>
    /// <param name="format">The format that the bytes have to be in.</param>
    /// <param name="bytes">UTF-8.</param>
    public static MedIdResult<ConsentArtefact> Read(ArtefactFormat format, ReadOnlyMemory<byte> bytes) => throw new NotImplementedException();

    /// <summary>Writes an artefact, and says what the format could not hold.</summary>
    /// <param name="format">The format.</param>
    /// <param name="artefact">The artefact.</param>
    /// <returns>The bytes with the exact list of what is lost; a refusal where the format asks for something that the artefact does not say, or cannot say it without allowing more.</returns>
    public static MedIdResult<WrittenArtefact> Write(ArtefactFormat format, ConsentArtefact artefact) => throw new NotImplementedException();

    /// <summary>Which format the bytes are in.</summary>
    /// <param name="bytes">UTF-8.</param>
    public static MedIdResult<ArtefactFormat> Recognise(ReadOnlyMemory<byte> bytes) => throw new NotImplementedException();
}
