namespace MedId.Testing;

/// <summary>A synthetic person: what a JPKI certificate for signing says of one. The people of this class do not exist.</summary>
public sealed record JpkiPerson
{
    /// <summary>An inhabitant with an everyday name and address.</summary>
    public static JpkiPerson Yamada { get; } = new()
    {
        Name = "山田　太郎",
        Sex = "1",
        BirthDate = "419900401",
        Address = "東京都試験区霞が関１丁目２番３号",
    };

    /// <summary>Somebody whose day of birth is not known.</summary>
    public static JpkiPerson PartialBirthDate { get; } = new() { Name = "不詳　生年", Sex = "2", BirthDate = "319650200", Address = "大阪府試験市北町１－１" };

    /// <summary>Somebody whose whole date of birth is not known.</summary>
    public static JpkiPerson UnknownBirthDate { get; } = new() { Name = "不詳　不明", Sex = "3", BirthDate = "000000000", Address = "大阪府試験市北町１－２" };

    /// <summary>A foreign resident: Latin letters, longer than most names, with a Japanese alias in brackets.</summary>
    public static JpkiPerson Foreign { get; } = new()
    {
        Name = "ＭＵＥＬＬＥＲ　ＡＮＮＡ　ＭＡＲＩＡ（ミュラー　アンナ）",
        Sex = "2",
        BirthDate = "419911231",
        Address = "大阪府試験市北町１－３　試験ハイツ２０１",
    };

    /// <summary>Characters outside of the basic plane: U+20BB7 in the name and the address, both as registered.</summary>
    public static JpkiPerson RareCharacters { get; } = new() { Name = "𠮷田　花子", Sex = "2", BirthDate = "319641010", Address = "奈良県試験郡𠮷野町１－１" };

    /// <summary>A character with an ideographic variation sequence (U+845B U+E0100).</summary>
    public static JpkiPerson VariationSequence { get; } = new() { Name = "葛\U000E0100城　一郎", Sex = "1", BirthDate = "319550505", Address = "奈良県葛\U000E0100城試験市１－１" };

    /// <summary>Characters that stand for others: the second of the name and the fourth of the address.</summary>
    public static JpkiPerson Substituted { get; } = new()
    {
        Name = "渡辺　次郎",
        NameFlags = "01000",
        Sex = "1",
        BirthDate = "520190501",
        Address = "埼玉県吉田町１－１",
        AddressFlags = "000100000",
    };

    /// <summary>氏名 (suffix 1); left out when null.</summary>
    public string? Name { get; init; }

    /// <summary>Its substitution positions (suffix 2); a 0 for each character (rune) of the name when null.</summary>
    public string? NameFlags { get; init; }

    /// <summary>性別 (suffix 3).</summary>
    public string? Sex { get; init; }

    /// <summary>生年月日 (suffix 4): era digit and Gregorian date.</summary>
    public string? BirthDate { get; init; }

    /// <summary>住所 (suffix 5).</summary>
    public string? Address { get; init; }

    /// <summary>Its substitution positions (suffix 6); a 0 for each character (rune) of the address when null.</summary>
    public string? AddressFlags { get; init; }

    /// <summary>The prefecture, romanised, as in the subject and the distribution point.</summary>
    public string Prefecture { get; init; } = "Shiken-to";

    /// <summary>The municipality, romanised, as in the subject and the distribution point.</summary>
    public string Municipality { get; init; } = "Shiken-ku";

    internal string? EffectiveNameFlags => NameFlags ?? Zeros(Name);

    internal string? EffectiveAddressFlags => AddressFlags ?? Zeros(Address);

    /// <summary>The name; the people are synthetic.</summary>
    public override string ToString() => Name ?? "nobody";

    private static string? Zeros(string? text) => text is null ? null : new string('0', text.EnumerateRunes().Count());
}
