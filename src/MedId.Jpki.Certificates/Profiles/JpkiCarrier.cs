namespace MedId.Jpki.Certificates;

/// <summary>Where the key lives.</summary>
public enum JpkiCarrier
{
    /// <summary>The chip of the My Number card.</summary>
    Card,

    /// <summary>The secure element of a phone (移動端末設備用).</summary>
    Phone,
}
