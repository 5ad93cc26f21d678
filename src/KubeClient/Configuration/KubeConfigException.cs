namespace KubeFed.KubeClient.Configuration;

/// <summary>The configuration of a connection cannot be used. The message is one sentence that names file and field.</summary>
public sealed class KubeConfigException : Exception
{
    /// <summary>Carries a sentence for a person.</summary>
    public KubeConfigException(string message)
        : base(message)
    {
    }

    /// <summary>Carries a sentence for a person, and the cause.</summary>
    public KubeConfigException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
