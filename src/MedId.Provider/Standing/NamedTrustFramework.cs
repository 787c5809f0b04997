namespace MedId.Provider;

/// <summary>A trust framework as people read it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Ja">Its name in Japanese.</param>
/// <param name="En">Its name in English.</param>
public sealed record NamedTrustFramework(string Id, string Ja, string En)
{
    internal string In(string language) => language == "ja" ? Ja : En;
}
