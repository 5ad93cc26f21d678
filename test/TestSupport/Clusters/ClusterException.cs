namespace KubeFed.TestSupport.Clusters;

/// <summary>A test cluster could not be made or handled.</summary>
public sealed class ClusterException : Exception
{
    /// <summary>With a message for a person.</summary>
    public ClusterException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for a person and what caused it.</summary>
    public ClusterException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
