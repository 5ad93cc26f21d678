namespace KubeFed.ApiMachinery.Objects;

/// <summary>Bytes are not a Kubernetes object. The message is one sentence that says where and why.</summary>
public sealed class KubeObjectFormatException : FormatException
{
    /// <summary>Creates the exception with its sentence.</summary>
    public KubeObjectFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its sentence and its cause.</summary>
    public KubeObjectFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
