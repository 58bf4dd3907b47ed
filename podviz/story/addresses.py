"""The addresses that Pods get, each once: a block of the range for every node."""

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from podviz.model import Cluster
from podviz.pod import Pod

_RANGE = "10.244.0.0/16"
"""Where Pods get their addresses if the cluster does not say: what most installers take."""

_BLOCK = 256
"""Addresses of one node, as the controller manager shares them out.
https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/"""

_FIRST = 4
"""The number of the first address that is given; the ones before it are the network's own."""


class Addresses:
    """What has been given so far. No address is given twice."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._taken = {pod.ip for pod in cluster.pods if pod.ip}
        self._given: dict[int, int] = {}
        self._whole = _range(cluster)
        self._blocks = self._whole.num_addresses // _BLOCK

    def give(self, pod: Pod, node: str | None) -> str | None:
        """The next address of the node's own block, the node's own with `hostNetwork`; None
        where the range is used up."""
        if pod.host_network:
            return next((n.ip for n in self._cluster.nodes if n.name == node and n.ip), "")
        names = [each.name for each in self._cluster.nodes]
        place = names.index(node) + 1 if node in names else 0
        block = place if self._blocks > len(names) else 0  # too small a range is one block for all
        number = self._given.get(block, _FIRST - 1)
        while block * _BLOCK + number + 1 < self._whole.num_addresses:
            number += 1
            self._given[block] = number
            address = str(self._whole.network_address + block * _BLOCK + number)
            if address not in self._taken:
                self._taken.add(address)
                return address
        return None


def _range(cluster: Cluster) -> IPv4Network | IPv6Network:
    """What the cluster says, else where the addresses that it gives lie."""
    known = next((ip for pod in cluster.pods if (ip := pod.ip) and ":" not in ip), None)
    if cluster.pod_cidr:
        return ip_network(cluster.pod_cidr, strict=False)
    if known:
        return ip_network(f"{ip_address(known)}/16", strict=False)
    return ip_network(_RANGE)
