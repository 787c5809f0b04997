namespace MedId.Samples.Hosting;

/// <summary>The app on the patient's phone, as the patient OP's facet list and the phone itself name it. Made up: the hash is of no signing certificate.</summary>
public static class SamplePhoneApp
{
    /// <summary>The facet that the OP lists (UAF AppID and Facets §3.1.1).</summary>
    public const string FacetId = "android:apk-key-hash-sha256:EFXqNvV85NS6BM3+t5pcOvnhZISa1Px7UiTHEGcP9Tc";

    /// <summary>A facet that no OP lists.</summary>
    public const string ForeignFacetId = "android:apk-key-hash-sha256:ZlXFxK2yTyW8ruU7uWVC3SXZSlAS5YdfuvJTv9rfpMc";
}
