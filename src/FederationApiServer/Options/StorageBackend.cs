namespace KubeFed.FederationApiServer.Options;

/// <summary>Where objects are kept.</summary>
internal enum StorageBackend
{
    /// <summary>In a file of this machine: one replica, no other service.</summary>
    Sqlite,

    /// <summary>In etcd: any number of replicas.</summary>
    Etcd,

    /// <summary>Nowhere: they are gone when the process ends.</summary>
    Memory,
}
