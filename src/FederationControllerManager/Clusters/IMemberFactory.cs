using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationControllerManager.Members;

namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>Makes the connections to members.</summary>
internal interface IMemberFactory
{
    /// <summary>A hash of all settings that a connection is made from, but for the token: as long as it stays, so does the connection.</summary>
    string Fingerprint(KubeFedCluster cluster, MemberSecret secret);

    /// <summary>Makes a connection; nothing is sent yet.</summary>
    /// <exception cref="FormatException">The settings are malformed; the message names the field.</exception>
    /// <exception cref="KubeFed.KubeClient.Configuration.KubeConfigException">Certificates cannot be used.</exception>
    /// <exception cref="KubeFed.KubeClient.Authentication.CredentialException">The token cannot be used.</exception>
    Member Connect(KubeFedCluster cluster, MemberSecret secret, string fingerprint);
}
