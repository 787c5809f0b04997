namespace MedId.Consent;

/// <summary>What of a notice changes. The order is from what asks again to what is told.</summary>
public enum NoticeField
{
    /// <summary>Who is responsible for the data: another controller is another promise.</summary>
    Controller = 0,

    /// <summary>Who receives the data.</summary>
    Recipient = 1,

    /// <summary>For what.</summary>
    Purpose = 2,

    /// <summary>Which data.</summary>
    Data = 3,

    /// <summary>How long it is kept.</summary>
    Retention = 4,

    /// <summary>To which third parties it goes on.</summary>
    ThirdParty = 5,

    /// <summary>To which countries.</summary>
    Country = 6,

    /// <summary>Which rights there are.</summary>
    Rights = 7,

    /// <summary>How to reach who is responsible.</summary>
    Contact = 8,

    /// <summary>The wording, with the same content.</summary>
    Wording = 9,

    /// <summary>The languages it is there in.</summary>
    Languages = 10,

    /// <summary>The reference to an impact assessment.</summary>
    ImpactAssessment = 11,
}
