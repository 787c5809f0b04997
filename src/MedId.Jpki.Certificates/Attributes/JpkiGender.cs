namespace MedId.Jpki.Certificates;

/// <summary>The third of the basic four attributes. The certificate's own digit is kept beside it (<see cref="BasicFourAttributes.GenderCode"/>).</summary>
public enum JpkiGender
{
    /// <summary>Neither 1 nor 2 in the certificate: sources disagree what a third value means, so it means nothing here.</summary>
    Unknown = 0,

    /// <summary>男, digit 1.</summary>
    Male = 1,

    /// <summary>女, digit 2.</summary>
    Female = 2,
}
