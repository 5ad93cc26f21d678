using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationControllerManager.Members;

namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>Makes the connections to members.</summary>
internal interface IMemberFactory
{
    /// <summary>A hash of all settings that a connection is made from: as long as it stays, so does the connection.</summary>
    string Fingerprint(KubeFedCluster cluster, string token);

    /// <summary>Makes a connection; nothing is sent yet.</summary>
    /// <exception cref="FormatException">The settings are malformed; the message names the field.</exception>
    /// <exception cref="KubeFed.KubeClient.Configuration.KubeConfigException">Certificates or token cannot be used.</exception>
    Member Connect(KubeFedCluster cluster, string token, string fingerprint);
}
