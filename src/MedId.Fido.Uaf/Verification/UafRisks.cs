namespace MedId.Fido.Uaf;

/// <summary>What an accepted or refused assertion says about risk. None of it alone decides; a server weighs it.</summary>
[Flags]
public enum UafRisks
{
    /// <summary>Nothing to note.</summary>
    None = 0,

    /// <summary>The model is not proved: surrogate attestation.</summary>
    Unattested = 1,

    /// <summary>The signature counter stood still or went back under a valid signature: the authenticator may be a copy.</summary>
    CloneSuspected = 2,

    /// <summary>The authenticator has no signature counter, or its keys are not restricted to assertions.</summary>
    NoCounter = 4,

    /// <summary>The firmware is older than the metadata speaks of, or than at registration.</summary>
    OutdatedFirmware = 8,

    /// <summary>The metadata says that an update is available.</summary>
    UpdateAvailable = 16,

    /// <summary>The attestation certificate is outside its validity at the time of the verification.</summary>
    AttestationCertificateNotValid = 32,

    /// <summary>An exception of the algorithm policy was needed.</summary>
    WeakAlgorithm = 64,
}
