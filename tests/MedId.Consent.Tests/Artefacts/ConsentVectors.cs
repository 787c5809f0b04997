using MedId.TestSupport;

namespace MedId.Consent.Tests.Artefacts;

/// <summary>The published artefacts under the vectors folder; values in them are synthetic.</summary>
internal static class ConsentVectors
{
    public static byte[] Read(string name) => File.ReadAllBytes(TestVectors.RequireVectors("consent/" + name, "the origins that the vectors README names"));
}
