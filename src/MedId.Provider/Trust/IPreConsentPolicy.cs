namespace MedId.Provider;

/// <summary>Whether a consent given beforehand may take the place of asking the person now. The default is <see cref="PreConsentPolicy"/>.</summary>
public interface IPreConsentPolicy
{
    /// <summary>Judges. Pure.</summary>
    /// <param name="facts">What was verified.</param>
    /// <returns>False: the person is asked, as if there were no consent beforehand.</returns>
    bool MaySkipDevice(PreConsentCase facts);
}
