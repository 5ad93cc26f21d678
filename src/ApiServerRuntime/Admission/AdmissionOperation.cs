namespace KubeFed.ApiServerRuntime.Admission;

/// <summary>What is about to happen to an object.</summary>
public enum AdmissionOperation
{
    /// <summary>It is created.</summary>
    Create,

    /// <summary>It is changed.</summary>
    Update,

    /// <summary>It is deleted.</summary>
    Delete,
}
