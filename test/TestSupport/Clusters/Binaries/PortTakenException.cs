namespace KubeFed.TestSupport.Clusters.Binaries;

/// <summary>Something that knows nothing of reservations took a port between its reservation and its use; worth another try.</summary>
internal sealed class PortTakenException(string message) : Exception(message);
