using MedId.Core;

namespace MedId.Provider;

/// <summary>What the notice says about asking again.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Text">In words, in the notice's language.</param>
public sealed record NoticeReuse(ConsentReuse Variant, string Text)
{
    /// <summary>The variant as it is written in notices and histories: <c>each-time</c>, <c>access-token</c> or <c>refresh-token</c>.</summary>
    /// <param name="variant">The variant.</param>
    public static string WordOf(ConsentReuse variant) => variant switch
    {
        ConsentReuse.EachTime => "each-time",
        ConsentReuse.AccessToken => "access-token",
        ConsentReuse.RefreshToken => "refresh-token",
        _ => throw new ArgumentOutOfRangeException(nameof(variant)),
    };

    /// <summary>A variant from its word.</summary>
    internal static ConsentReuse Parse(string word) => Enum.GetValues<ConsentReuse>().Single(variant => string.Equals(WordOf(variant), word, StringComparison.Ordinal));
}
