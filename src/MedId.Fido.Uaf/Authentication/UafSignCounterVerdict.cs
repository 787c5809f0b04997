namespace MedId.Fido.Uaf;

/// <summary>What a signature counter says.</summary>
public enum UafSignCounterVerdict
{
    /// <summary>It advanced.</summary>
    Advanced,

    /// <summary>The authenticator has none, or its keys are not restricted to assertions, which makes it meaningless.</summary>
    NotSupported,

    /// <summary>It stood still or went back: the authenticator may be a copy.</summary>
    NotAdvanced,
}
